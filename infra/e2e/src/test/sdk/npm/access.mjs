// The access rules and the credentials of the cluster's API server.

import assert from 'node:assert/strict'

import { Errors } from '@scaleway/sdk-client'

import { eventually, refused, step } from './steps.mjs'

const token = kubeconfig => /token: "?([^"\s]+)/.exec(kubeconfig)?.[1]

export async function changesAccess(world) {
  const { api } = world
  const clusterId = world.cluster.id
  const kubeconfig = async more =>
    (await api.getClusterKubeConfig({ clusterId, ...more })).text()
  const settled = async () =>
    assert.equal((await api.waitForCluster({ clusterId })).status, 'ready')
  const rules = async () => api.listClusterACLRules({ clusterId }).all()

  await step('reads the kubeconfig', async () => {
    const text = await kubeconfig()
    assert.ok(text.includes(`server: ${world.cluster.clusterUrl}`), text)
    assert.equal(token(text)?.length, 56)
  })

  await step('reads the kubeconfig without its token', async () => {
    const text = await kubeconfig({ redacted: true })
    assert.equal(token(text), 'REDACTED_TOKEN')
    assert.ok(text.includes(`server: ${world.cluster.clusterUrl}`), text)
  })

  await step('resets the admin token', async () => {
    const before = token(await kubeconfig())
    await api.resetClusterAdminToken({ clusterId })
    await settled()
    const after = await eventually(kubeconfig, text => assert.notEqual(token(text), before))
    assert.equal(token(after).length, 56)
  })

  await step('lists the rule of access that a new cluster has', async () => {
    const [rule, ...others] = await rules()
    assert.equal(rule.ip, '0.0.0.0/0')
    assert.deepEqual(others, [])
  })

  await step('replaces all rules of access', async () => {
    const before = await rules()
    const set = await api.setClusterACLRules({
      clusterId,
      acls: [
        { ip: '203.0.113.0/24', description: 'office' },
        { scalewayRanges: true, description: 'provider' },
      ],
    })
    assert.deepEqual(set.rules.map(rule => rule.description), ['office', 'provider'])
    assert.equal(set.rules[1].scalewayRanges, true)
    assert.ok(set.rules.every(rule => rule.id !== before[0].id))
    await settled()
  })

  await step('adds a rule of access, and lists them all', async () => {
    const added = await api.addClusterACLRules({
      clusterId,
      acls: [{ ip: '198.51.100.7/32', description: 'gate' }],
    })
    assert.equal(added.rules.length, 1)
    assert.equal(added.rules[0].ip, '198.51.100.7/32')
    await settled()
    const addresses = (await rules()).map(rule => rule.ip).filter(ip => ip !== undefined)
    assert.deepEqual(addresses, ['198.51.100.7/32', '203.0.113.0/24'])
  })

  await step('is refused a second rule for the ranges of the provider', async () => {
    await refused(Errors.InvalidArgumentsError, () =>
      api.addClusterACLRules({ clusterId, acls: [{ scalewayRanges: true, description: 'again' }] }),
    )
    assert.equal((await rules()).length, 3)
  })

  await step('deletes a rule of access', async () => {
    const gone = (await rules()).find(rule => rule.description === 'gate')
    await api.deleteACLRule({ aclId: gone.id })
    await settled()
    const left = (await rules()).map(rule => rule.description).toSorted()
    assert.deepEqual(left, ['office', 'provider'])
    await refused(Errors.ResourceNotFoundError, () => api.deleteACLRule({ aclId: gone.id }))
  })
}
