// Nodes of a pool: read, rebooted, replaced, deleted.

import assert from 'node:assert/strict'

import { Errors } from '@scaleway/sdk-client'

import { eventually, refused, step } from './steps.mjs'

export async function changesNodes(world) {
  const { api } = world
  const clusterId = world.cluster.id
  const poolId = world.pools.default.id
  const nodes = async () => api.listNodes({ clusterId, poolId }).all()

  /** Waits until the pool has that many nodes, all are ready, and the given node is deleted. */
  const settles = async (size, gone) => {
    const pool = await api.waitForPool({ poolId })
    assert.deepEqual([pool.status, pool.size], ['ready', size])
    return eventually(nodes, list => {
      assert.deepEqual(list.map(node => node.status), Array(size).fill('ready'))
      assert.ok(list.every(node => node.id !== gone))
    })
  }

  await step('lists the nodes, and gets each', async () => {
    const list = await settles(2)
    for (const listed of list) {
      const node = await api.getNode({ nodeId: listed.id })
      assert.deepEqual(node, listed)
      assert.equal(node.poolId, poolId)
      assert.equal(node.clusterId, clusterId)
      assert.ok(node.providerId.startsWith(`scaleway://instance/${world.profile.defaultZone}/`))
      assert.equal(node.conditions.Ready, 'True')
    }
    const all = await api.listNodes({ clusterId, status: 'ready', pageSize: 1 }).all()
    assert.equal(all.length, 3)
    const named = await api.listNodes({ clusterId, name: list[0].name }).all()
    assert.deepEqual(named.map(node => node.id), [list[0].id])
  })

  await step('reboots a node', async () => {
    const [{ id: nodeId }] = await nodes()
    assert.equal((await api.rebootNode({ nodeId })).id, nodeId)
    assert.equal((await api.waitForNode({ nodeId })).status, 'ready')
    await settles(2)
  })

  await step('replaces a node, as older clients ask for it', async () => {
    const [{ id: nodeId }] = await nodes()
    assert.equal((await api.replaceNode({ nodeId })).id, nodeId)
    await eventually(nodes, list => assert.ok(list.every(node => node.id !== nodeId)))
    await settles(2, nodeId)
    const error = await refused(Errors.ResourceNotFoundError, () => api.getNode({ nodeId }))
    assert.equal(error.resource, 'node')
  })

  await step('replaces a node by deleting it', async () => {
    const [{ id: nodeId }] = await nodes()
    const node = await api.deleteNode({ nodeId, skipDrain: false, replace: true })
    assert.equal(node.id, nodeId)
    await eventually(nodes, list => assert.ok(list.every(node => node.id !== nodeId)))
    await settles(2, nodeId)
  })

  await step('deletes a node, and the pool is smaller by one', async () => {
    const [{ id: nodeId }] = await nodes()
    const node = await api.deleteNode({ nodeId, skipDrain: true, replace: false })
    assert.equal(node.status, 'deleting')
    await eventually(nodes, list => assert.ok(list.every(node => node.id !== nodeId)))
    await settles(1, nodeId)
  })
}
