#!/usr/bin/env node
// The work of the benches, done by Sequelize as its documentation recommends it: says what it can do,
// and answers what the bench asks on standard input.
'use strict';

const readline = require('node:readline');
const { Sequelize } = require('sequelize');

const { digest } = require('./digest');
const { define } = require('./models');
const { all } = require('./work');

// One connection, which stays.
const pool = { max: 1, min: 1, idle: 3600000, evict: 3600000 };
const url = process.argv[2];
const sequelize = url.startsWith('sqlite:')
  ? new Sequelize({ dialect: 'sqlite', storage: ':memory:', logging: false, pool })
  : new Sequelize(url, { logging: false, pool });
const works = all(define(sequelize));

const say = (answer) => process.stdout.write(`ok\t${answer}\n`);

async function show({ call, show = (rows) => rows }) {
  return digest(await show(await call(0)));
}

// Nanoseconds. What came of the calls is dropped when the clock has stopped.
async function time(work, calls) {
  work.turn ??= 0;
  const results = [];
  const start = process.hrtime.bigint();
  for (let done = 0; done < calls; done += 1) {
    results.push(await work.call(work.turn));
    work.turn += 1;
  }
  return process.hrtime.bigint() - start;
}

async function main() {
  say(Object.keys(works).join('\t'));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [verb, what, calls] = line.split('\t');
    if (verb === 'sql') {
      await sequelize.query(what);
      say('');
    } else if (verb === 'show') {
      say(await show(works[what]));
    } else {
      say(await time(works[what], Number(calls)));
    }
  }
  await sequelize.close();
}

main();
