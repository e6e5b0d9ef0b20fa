// How the program tells what it does: a line per step, and an end at the first that is wrong.

import assert from 'node:assert/strict'

const PATIENCE_MILLIS = 120_000

/** Does one step; whatever it throws ends the program with exit code 1. */
export async function step(name, action) {
  const start = Date.now()
  try {
    await action()
  } catch (error) {
    console.error(`FAILED ${name}`)
    console.error(error)
    process.exit(1)
  }
  console.log(`ok     ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`)
}

/** The error that a call must end in, told by its class, as callers of the SDK do. */
export async function refused(type, call) {
  let answer
  try {
    answer = await call()
  } catch (error) {
    assert.ok(error instanceof type, `expected ${type.name}, not ${error.stack}`)
    return error
  }
  assert.fail(`expected ${type.name}, not the answer ${JSON.stringify(answer)}`)
}

/** Asks until the check passes; answers with what was asked for last. */
export async function eventually(ask, check) {
  const end = Date.now() + PATIENCE_MILLIS
  for (;;) {
    const answer = await ask()
    try {
      check(answer)
      return answer
    } catch (error) {
      if (Date.now() > end) throw error
    }
    await new Promise(resolve => setTimeout(resolve, 500))
  }
}

/** Counts which operations of an API object are called, by itself too. */
export function recorded(api) {
  const called = new Set()
  const operations = Object.keys(api).filter(name => typeof api[name] === 'function')
  for (const name of operations) {
    const operation = api[name]
    api[name] = (...request) => {
      called.add(name)
      return operation(...request)
    }
  }
  return { api, operations, missed: () => operations.filter(name => !called.has(name)) }
}
