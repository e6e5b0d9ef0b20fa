// The errors of calls that must fail, each with the SDK's own class.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'

import { createClient, Errors } from '@scaleway/sdk-client'
import { K8Sv1 } from '@scaleway/sdk-k8s'

import { refused, step } from './steps.mjs'

export async function isRefused(world) {
  const { api } = world

  await step('is told what is not found', async () => {
    const id = randomUUID()
    for (const [resource, call] of [
      ['cluster', () => api.getCluster({ clusterId: id })],
      ['cluster', () => api.updateCluster({ clusterId: id, name: 'other' })],
      ['cluster', () => api.deleteCluster({ clusterId: id, withAdditionalResources: false })],
      ['pool', () => api.getPool({ poolId: id })],
      ['pool', () => api.deletePool({ poolId: id })],
      ['node', () => api.getNode({ nodeId: id })],
      ['node', () => api.rebootNode({ nodeId: id })],
    ]) {
      const error = await refused(Errors.ResourceNotFoundError, call)
      assert.equal(error.status, 404)
      assert.deepEqual([error.resource, error.resourceId], [resource, id])
    }
  })

  await step('is told all arguments that are invalid', async () => {
    const error = await refused(Errors.InvalidArgumentsError, () =>
      api.createCluster({
        type: 'enormous',
        name: 'x'.repeat(101),
        description: '',
        version: '1.2.3',
        cni: 'cilium',
        privateNetworkId: 'none',
      }),
    )
    assert.equal(error.status, 400)
    const names = error.details.map(detail => detail.argumentName)
    for (const name of ['type', 'name', 'version', 'private_network_id']) {
      assert.ok(names.includes(name), `${name} is missing in ${names}`)
    }
    assert.ok(error.details.every(detail => detail.reason && detail.helpMessage))
  })

  await step('is told that its key is unknown', async () => {
    const stranger = new K8Sv1.API(createClient({ ...world.profile, secretKey: randomUUID() }))
    const error = await refused(Errors.DeniedAuthenticationError, () => stranger.listClusters())
    assert.equal(error.status, 401)
    assert.deepEqual([error.method, error.reason], ['api_key', 'not_found'])
  })

  // Nodes of other providers are not supported yet: these calls must fail with a clear error.
  for (const [operation, call] of Object.entries({
    getNodeMetadata: () => api.getNodeMetadata(),
    authExternalNode: () => api.authExternalNode({ poolId: world.pools.default.id }),
    createExternalNode: () => api.createExternalNode({ poolId: world.pools.default.id }),
  })) {
    await step(`is refused ${operation}`, async () => {
      const error = await refused(Errors.ScalewayError, call)
      assert.ok(error.status >= 400 && error.status < 500, `answered ${error.status}`)
      assert.ok(error.message)
    })
  }
}
