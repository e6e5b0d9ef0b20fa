// A pool from its creation to the 404.

import assert from 'node:assert/strict'

import { Errors } from '@scaleway/sdk-client'

import { refused, step } from './steps.mjs'

export async function changesPools(world) {
  const { api } = world
  const clusterId = world.cluster.id
  const nodes = async poolId => api.listNodes({ clusterId, poolId }).all()
  let poolId

  await step('creates a pool', async () => {
    const pool = await api.createPool({
      clusterId,
      name: 'late',
      nodeType: 'PRO2_XXS',
      size: 1,
      minSize: 1,
      maxSize: 3,
      autoscaling: true,
      autohealing: false,
      tags: ['late'],
      kubeletArgs: { maxPods: '60' },
      upgradePolicy: { maxUnavailable: 2, maxSurge: 1 },
      zone: world.profile.defaultZone,
      rootVolumeSize: 40_000_000_000,
      publicIpDisabled: true,
    })
    assert.equal(pool.status, 'scaling')
    assert.equal(pool.clusterId, clusterId)
    assert.equal(pool.version, world.cluster.version)
    assert.equal(pool.nodeType, 'pro2_xxs')
    assert.equal(pool.rootVolumeType, 'sbs_5k')
    assert.equal(pool.rootVolumeSize, 40_000_000_000)
    assert.equal(pool.autoscaling, true)
    assert.deepEqual([pool.size, pool.minSize, pool.maxSize], [1, 1, 3])
    assert.deepEqual(pool.kubeletArgs, { maxPods: '60' })
    assert.deepEqual(pool.upgradePolicy, { maxUnavailable: 2, maxSurge: 1 })
    assert.equal(pool.publicIpDisabled, true)
    assert.equal(pool.containerRuntime, 'containerd')
    assert.match(pool.securityGroupId, /^[0-9a-f-]{36}$/)
    poolId = pool.id
  })

  await step('waits for the pool', async () => {
    assert.equal((await api.waitForPool({ poolId })).status, 'ready')
    assert.equal((await nodes(poolId)).length, 1)
  })

  await step('updates the pool, its size apart', async () => {
    const pool = await api.updatePool({
      poolId,
      minSize: 0,
      maxSize: 5,
      autohealing: true,
      tags: [],
      upgradePolicy: { maxSurge: 2 },
    })
    assert.deepEqual([pool.size, pool.minSize, pool.maxSize], [1, 0, 5])
    assert.equal(pool.autohealing, true)
    assert.deepEqual(pool.tags, [])
    assert.deepEqual(pool.upgradePolicy, { maxUnavailable: 2, maxSurge: 2 })
    assert.equal(pool.autoscaling, true)
    assert.equal((await api.waitForPool({ poolId })).status, 'ready')
  })

  await step('resizes the pool, up and down', async () => {
    assert.equal((await api.updatePool({ poolId, size: 3 })).status, 'scaling')
    const grown = await api.waitForPool({ poolId })
    assert.deepEqual([grown.status, grown.size], ['ready', 3])
    const ready = (await nodes(poolId)).filter(node => node.status === 'ready')
    assert.equal(ready.length, 3)
    assert.equal((await api.updatePool({ poolId, size: 1 })).status, 'scaling')
    const shrunk = await api.waitForPool({ poolId })
    assert.deepEqual([shrunk.status, shrunk.size], ['ready', 1])
  })

  await step('finds the pool by name and status', async () => {
    for (const filter of [{ name: 'lat' }, { status: 'ready' }]) {
      const found = await api.listPools({ clusterId, ...filter }).all()
      assert.ok(found.some(pool => pool.id === poolId), `not found by ${JSON.stringify(filter)}`)
    }
  })

  await step('is refused a pool of a name that is taken', async () => {
    const error = await refused(Errors.InvalidArgumentsError, () =>
      api.createPool({
        clusterId,
        name: 'late',
        nodeType: 'DEV1-M',
        size: 1,
        autoscaling: false,
        autohealing: false,
        publicIpDisabled: false,
      }),
    )
    assert.equal(error.details[0].argumentName, 'name')
    assert.equal(error.details[0].reason, 'constraint')
  })

  await step('deletes the pool, and waits until it is gone', async () => {
    assert.equal((await api.deletePool({ poolId })).status, 'deleting')
    const error = await refused(Errors.ResourceNotFoundError, () => api.waitForPool({ poolId }))
    assert.equal(error.resource, 'pool')
    assert.equal(error.resourceId, poolId)
    const left = await api.listPools({ clusterId }).all()
    assert.ok(left.every(pool => pool.id !== poolId))
  })
}
