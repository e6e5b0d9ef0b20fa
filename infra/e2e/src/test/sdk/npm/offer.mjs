// The offered versions and types.

import assert from 'node:assert/strict'

import { Errors } from '@scaleway/sdk-client'

import { refused, step } from './steps.mjs'

export async function readsTheOffer(world) {
  const { api } = world

  await step('lists the versions, the newest first', async () => {
    const { versions } = await api.listVersions()
    const minors = versions.map(version => Number(version.name.split('.')[1]))
    assert.deepEqual(minors, minors.toSorted((one, other) => other - one))
    for (const version of versions) {
      assert.equal(version.label, `Kubernetes ${version.name}`)
      assert.equal(version.region, world.profile.defaultRegion)
      assert.ok(version.availableCnis.includes('cilium'))
      assert.ok(version.availableContainerRuntimes.includes('containerd'))
      assert.equal(version.availableKubeletArgs.maxPods, 'uint16')
      assert.ok(version.releasedAt instanceof Date)
    }
    const isNewestPatch = (_, index) => minors[index] !== minors[index - 1]
    world.versions = versions.map(version => version.name).filter(isNewestPatch)
    assert.ok(world.versions.length >= 3, 'two upgrades go through three minors')
  })

  await step('gets one version', async () => {
    const version = await api.getVersion({ versionName: world.versions[0] })
    assert.equal(version.name, world.versions[0])
    const error = await refused(Errors.ResourceNotFoundError, () =>
      api.getVersion({ versionName: '1.2.3' }),
    )
    assert.equal(error.resource, 'version')
  })

  await step('lists the cluster types, on one page and on several', async () => {
    const types = await api.listClusterTypes().all()
    const dedicated = types.find(type => type.name === 'kapsule-dedicated-4')
    assert.equal(dedicated.availability, 'available')
    assert.equal(dedicated.maxNodes, 250)
    assert.equal(dedicated.commitmentDelay, '2592000s')
    assert.equal(dedicated.sla, 99.5)
    assert.equal(dedicated.resiliency, 'high_availability')
    assert.equal(dedicated.memory, 4_000_000_000)
    assert.equal(dedicated.maxEtcdSize, 200_000_000)
    assert.equal(dedicated.dedicated, true)
    assert.equal(dedicated.auditLogsSupported, true)
    assert.deepEqual(await api.listClusterTypes({ pageSize: 3 }).all(), types)
  })
}
