// The report of the program: a line per step, and the end at the first failure.

import assert from 'node:assert/strict'

const PATIENCE_MILLIS = 120_000

/** Does one step; any error ends the program with exit code 1. */
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

/** The error of a call that must fail, with the given class. */
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

/** Repeats the call until its result passes the check; returns the last result. */
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

/** Counts the calls of the operations of an API object, also those that it makes itself. */
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
