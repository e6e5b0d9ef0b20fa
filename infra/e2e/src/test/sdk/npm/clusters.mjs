// A cluster from its creation to the 404.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'

import { Errors } from '@scaleway/sdk-client'

import { refused, step } from './steps.mjs'

const NAME = `npm-${randomUUID().slice(0, 8)}`

const pool = (world, name, size) => ({
  name,
  nodeType: 'DEV1-M',
  size,
  autoscaling: false,
  autohealing: true,
  containerRuntime: 'unknown_runtime',
  tags: ['e2e'],
  kubeletArgs: {},
  zone: world.profile.defaultZone,
  rootVolumeType: 'default_volume_type',
  publicIpDisabled: false,
})

export async function createsACluster(world) {
  const { api } = world

  await step('creates a cluster with two pools', async () => {
    const privateNetworkId = randomUUID()
    const cluster = await api.createCluster({
      type: 'kapsule',
      name: NAME,
      description: 'made by the npm SDK',
      tags: ['e2e', 'npm'],
      version: world.versions[2],
      cni: 'cilium',
      privateNetworkId,
      pools: [pool(world, 'default', 2), pool(world, 'spare', 1)],
      autoscalerConfig: {
        estimator: 'binpacking',
        expander: 'least_waste',
        scaleDownDelayAfterAdd: '20m',
        scaleDownUtilizationThreshold: 0.25,
      },
      autoUpgrade: { enable: true, maintenanceWindow: { startHour: 3, day: 'sunday' } },
    })
    assert.equal(cluster.status, 'creating')
    assert.equal(cluster.name, NAME)
    assert.equal(cluster.description, 'made by the npm SDK')
    assert.deepEqual(cluster.tags, ['e2e', 'npm'])
    assert.equal(cluster.version, world.versions[2])
    assert.equal(cluster.type, 'kapsule')
    assert.equal(cluster.cni, 'cilium')
    assert.equal(cluster.projectId, world.profile.defaultProjectId)
    assert.equal(cluster.organizationId, world.profile.defaultOrganizationId)
    assert.equal(cluster.region, world.profile.defaultRegion)
    assert.equal(cluster.privateNetworkId, privateNetworkId)
    assert.equal(cluster.autoscalerConfig.expander, 'least_waste')
    assert.equal(cluster.autoscalerConfig.scaleDownDelayAfterAdd, '20m')
    assert.equal(cluster.autoscalerConfig.scaleDownUtilizationThreshold, 0.25)
    assert.equal(cluster.autoscalerConfig.scaleDownUnneededTime, '10m')
    assert.deepEqual(cluster.autoUpgrade, {
      enabled: true,
      maintenanceWindow: { startHour: 3, day: 'sunday' },
    })
    assert.ok(cluster.createdAt instanceof Date && cluster.updatedAt instanceof Date)
    world.cluster = cluster
  })

  await step('waits until the cluster and its pools are ready', async () => {
    const clusterId = world.cluster.id
    assert.equal((await api.waitForCluster({ clusterId })).status, 'ready')
    const pools = await api.listPools({ clusterId }).all()
    assert.deepEqual(pools.map(pool => pool.name).toSorted(), ['default', 'spare'])
    for (const { id } of pools) {
      const pool = await api.waitForPool({ poolId: id })
      assert.equal(pool.status, 'ready')
      assert.equal(pool.nodeType, 'dev1_m')
      assert.equal(pool.rootVolumeType, 'l_ssd')
      assert.deepEqual(pool.upgradePolicy, { maxUnavailable: 1, maxSurge: 0 })
      assert.equal(pool.version, world.versions[2])
      world.pools[pool.name] = pool
    }
    assert.equal(world.pools.default.size, 2)
  })
}

export async function findsTheCluster(world) {
  const { api } = world
  const clusterId = world.cluster.id

  await step('gets the cluster', async () => {
    const cluster = await api.getCluster({ clusterId })
    assert.equal(cluster.status, 'ready')
    assert.equal(
      cluster.clusterUrl,
      `https://${clusterId}.api.k8s.${world.profile.defaultRegion}.scw.cloud:6443`,
    )
    assert.equal(cluster.upgradeAvailable, true)
    assert.equal(cluster.openIdConnectConfig.issuerUrl, '')
  })

  await step('finds the cluster by name, project, network, type and status', async () => {
    for (const filter of [
      { name: NAME.slice(1) },
      { projectId: world.profile.defaultProjectId },
      { organizationId: world.profile.defaultOrganizationId },
      { privateNetworkId: world.cluster.privateNetworkId },
      { type: 'kapsule' },
      { status: 'ready' },
      { status: 'unknown' },
    ]) {
      const clusters = await api.listClusters(filter).all()
      assert.ok(
        clusters.some(({ id }) => id === clusterId),
        `not found by ${JSON.stringify(filter)}`,
      )
    }
    const none = await api.listClusters({ name: randomUUID() })
    assert.deepEqual(none, { clusters: [], totalCount: 0 })
  })

  await step('pages through lists', async () => {
    const names = ['default', 'spare']
    const pools = await api.listPools({ clusterId, pageSize: 1, orderBy: 'name_asc' }).all()
    assert.deepEqual(pools.map(pool => pool.name), names)
    const backwards = await api.listPools({ clusterId, pageSize: 1, orderBy: 'name_desc' }).all()
    assert.deepEqual(backwards.map(pool => pool.name), names.toReversed())
  })
}

export async function updatesTheCluster(world) {
  const { api } = world
  const clusterId = world.cluster.id

  await step('updates name, description, tags and settings of the cluster', async () => {
    const changed = await api.updateCluster({
      clusterId,
      name: `${NAME}-renamed`,
      description: 'changed by the npm SDK',
      tags: ['changed'],
      autoscalerConfig: {
        estimator: 'unknown_estimator',
        expander: 'priority',
        scaleDownDisabled: true,
        maxGracefulTerminationSec: 300,
      },
      autoUpgrade: { enable: true, maintenanceWindow: { startHour: 4, day: 'monday' } },
      openIdConnectConfig: {
        issuerUrl: 'https://issuer.example.com',
        clientId: 'kubernetes',
        groupsClaim: ['groups'],
      },
      apiserverCertSans: ['api.example.com'],
    })
    assert.equal(changed.status, 'updating')
    const cluster = await api.waitForCluster({ clusterId })
    assert.equal(cluster.status, 'ready')
    assert.equal(cluster.name, `${NAME}-renamed`)
    assert.equal(cluster.description, 'changed by the npm SDK')
    assert.deepEqual(cluster.tags, ['changed'])
    assert.deepEqual(cluster.autoUpgrade.maintenanceWindow, { startHour: 4, day: 'monday' })
    assert.equal(cluster.openIdConnectConfig.issuerUrl, 'https://issuer.example.com')
    assert.deepEqual(cluster.openIdConnectConfig.groupsClaim, ['groups'])
    assert.deepEqual(cluster.apiserverCertSans, ['api.example.com'])
    const { autoscalerConfig } = cluster
    assert.equal(autoscalerConfig.expander, 'priority')
    assert.equal(autoscalerConfig.scaleDownDisabled, true)
    assert.equal(autoscalerConfig.maxGracefulTerminationSec, 300)
    // Values that were missing or unknown are unchanged.
    assert.equal(autoscalerConfig.estimator, 'binpacking')
    assert.equal(autoscalerConfig.scaleDownDelayAfterAdd, '20m')
    assert.ok(cluster.updatedAt > world.cluster.updatedAt)
    world.cluster = cluster
  })

  await step('an update of nothing changes nothing', async () => {
    assert.equal((await api.updateCluster({ clusterId })).status, 'updating')
    const cluster = await api.waitForCluster({ clusterId })
    assert.deepEqual(
      { ...cluster, updatedAt: undefined },
      { ...world.cluster, updatedAt: undefined },
    )
  })
}

export async function deletesTheCluster(world) {
  const { api } = world
  const clusterId = world.cluster.id

  await step('deletes the cluster', async () => {
    const cluster = await api.deleteCluster({ clusterId, withAdditionalResources: true })
    assert.equal(cluster.status, 'deleting')
  })

  await step('waits until the cluster is gone', async () => {
    const error = await refused(Errors.ResourceNotFoundError, () =>
      api.waitForCluster({ clusterId }),
    )
    assert.equal(error.status, 404)
    assert.equal(error.resource, 'cluster')
    assert.equal(error.resourceId, clusterId)
    await refused(Errors.ResourceNotFoundError, () =>
      api.getPool({ poolId: world.pools.default.id }),
    )
  })
}
