// Newer versions for the control plane and the pools, and a larger type.

import assert from 'node:assert/strict'

import { Errors } from '@scaleway/sdk-client'

import { eventually, refused, step } from './steps.mjs'

export async function upgrades(world) {
  const { api } = world
  const clusterId = world.cluster.id
  const [newest, next] = world.versions
  const ready = async () => {
    const cluster = await api.waitForCluster({ clusterId })
    assert.equal(cluster.status, 'ready')
    return cluster
  }
  /** The SDK's own waiter with a condition of its own: the pool shows its new version later. */
  const upgraded = async (poolId, version) =>
    api.waitForPool(
      { poolId },
      { stop: async pool => pool.status === 'ready' && pool.version === version },
    )

  await step('lists the versions that the cluster may have next', async () => {
    const { versions } = await api.listClusterAvailableVersions({ clusterId })
    const names = versions.map(version => version.name)
    assert.ok(names.includes(next), `${next} is missing in ${names}`)
    assert.ok(!names.includes(newest), `${newest} skips a minor`)
  })

  await step('is refused a version that skips a minor', async () => {
    const error = await refused(Errors.InvalidArgumentsError, () =>
      api.upgradeCluster({ clusterId, version: newest, upgradePools: false }),
    )
    assert.equal(error.details[0].argumentName, 'version')
  })

  await step('upgrades the control plane alone', async () => {
    const cluster = await api.upgradeCluster({ clusterId, version: next, upgradePools: false })
    assert.deepEqual([cluster.status, cluster.version], ['updating', next])
    assert.equal((await ready()).version, next)
    for (const pool of await api.listPools({ clusterId }).all()) {
      assert.equal(pool.version, world.versions[2])
    }
  })

  await step('upgrades a pool to the version of the cluster', async () => {
    const poolId = world.pools.default.id
    const pool = await api.upgradePool({ poolId, version: next })
    assert.deepEqual([pool.status, pool.version], ['upgrading', next])
    assert.equal((await upgraded(poolId, next)).status, 'ready')
    const spare = await api.getPool({ poolId: world.pools.spare.id })
    assert.equal(spare.version, world.versions[2])
  })

  await step('upgrades the cluster with its pools, which cannot be resized meanwhile', async () => {
    const cluster = await api.upgradeCluster({ clusterId, version: newest, upgradePools: true })
    assert.deepEqual([cluster.status, cluster.version], ['updating', newest])
    const error = await refused(Errors.TransientStateError, () =>
      api.updatePool({ poolId: world.pools.default.id, size: 5 }),
    )
    assert.equal(error.status, 409)
    assert.equal((await ready()).version, newest)
    for (const { id } of Object.values(world.pools)) {
      assert.equal((await upgraded(id, newest)).version, newest)
    }
    await eventually(
      () => api.listNodes({ clusterId }).all(),
      nodes => assert.deepEqual(nodes.map(node => node.status), ['ready', 'ready']),
    )
    assert.deepEqual((await api.listClusterAvailableVersions({ clusterId })).versions, [])
    assert.equal((await api.getCluster({ clusterId })).upgradeAvailable, false)
  })

  await step('moves the pools to newer images, as older clients ask for it', async () => {
    const poolIds = [world.pools.spare.id]
    await api.migratePoolsToNewImages({ clusterId, poolIds })
    await ready()
    assert.equal((await api.waitForPool({ poolId: poolIds[0] })).status, 'ready')
  })
}

export async function changesTheType(world) {
  const { api } = world
  const clusterId = world.cluster.id
  const offered = async () =>
    (await api.listClusterAvailableTypes({ clusterId })).clusterTypes.map(type => type.name)

  await step('lists the types that the cluster may have next', async () => {
    assert.deepEqual(await offered(), [
      'kapsule',
      'kapsule-dedicated-4',
      'kapsule-dedicated-8',
      'kapsule-dedicated-16',
    ])
  })

  await step('is refused more nodes than the type of the cluster may have', async () => {
    const error = await refused(Errors.QuotasExceededError, () =>
      api.createPool({
        clusterId,
        name: 'huge',
        nodeType: 'DEV1-M',
        size: 150,
        autoscaling: false,
        autohealing: false,
        publicIpDisabled: false,
      }),
    )
    assert.equal(error.status, 403)
    assert.equal(error.list[0].quota, 150)
  })

  await step('changes the type of the cluster', async () => {
    const type = 'kapsule-dedicated-4'
    const changed = await api.setClusterType({ clusterId, type })
    assert.deepEqual([changed.status, changed.type], ['updating', type])
    const cluster = await api.waitForCluster({ clusterId })
    assert.deepEqual([cluster.status, cluster.type], ['ready', type])
    assert.ok(cluster.commitmentEndsAt > new Date())
    assert.deepEqual(await offered(), ['kapsule-dedicated-8', 'kapsule-dedicated-16'])
  })
}
