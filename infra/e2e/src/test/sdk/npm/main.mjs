// The npm SDK, unmodified, through every operation that it has. Reads the variables of keelson.env.

import assert from 'node:assert/strict'

import { createClient } from '@scaleway/sdk-client'
import { K8Sv1 } from '@scaleway/sdk-k8s'

import { changesAccess } from './access.mjs'
import { createsACluster, deletesTheCluster, findsTheCluster, updatesTheCluster } from './clusters.mjs'
import { isRefused } from './errors.mjs'
import { changesNodes } from './nodes.mjs'
import { readsTheOffer } from './offer.mjs'
import { changesPools } from './pools.mjs'
import { recorded, step } from './steps.mjs'
import { changesTheType, upgrades } from './upgrades.mjs'

const profile = {
  accessKey: process.env.SCW_ACCESS_KEY,
  secretKey: process.env.SCW_SECRET_KEY,
  apiURL: process.env.SCW_API_URL,
  defaultOrganizationId: process.env.SCW_DEFAULT_ORGANIZATION_ID,
  defaultProjectId: process.env.SCW_DEFAULT_PROJECT_ID,
  defaultRegion: process.env.SCW_DEFAULT_REGION,
  defaultZone: process.env.SCW_DEFAULT_ZONE,
}

const { api, operations, missed } = recorded(new K8Sv1.API(createClient(profile)))

/** The state that the steps share: the newest patch of each minor, the cluster, its pools by name. */
const world = { api, profile, versions: [], cluster: undefined, pools: {} }

await readsTheOffer(world)
await createsACluster(world)
await findsTheCluster(world)
await updatesTheCluster(world)
await changesAccess(world)
await changesPools(world)
await changesNodes(world)
await upgrades(world)
await changesTheType(world)
await isRefused(world)
await deletesTheCluster(world)

await step(`calls each of the SDK's ${operations.length} operations`, async () => {
  assert.deepEqual(missed(), [])
})
