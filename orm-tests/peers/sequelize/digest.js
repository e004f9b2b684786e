// What is compared of the rows that different ORMs load: the sum of the numbers in them, the letters in
// their texts, and how many values are true. In whatever order and nesting rows come, it is the same.
'use strict';

function digest(rows) {
  const sums = { numbers: 0, letters: 0, trues: 0 };
  add(sums, rows);
  return `${sums.numbers} ${sums.letters} ${sums.trues}`;
}

function add(sums, value) {
  if (typeof value === 'number') {
    sums.numbers += value;
  } else if (typeof value === 'string') {
    sums.letters += value.length;
  } else if (value === true) {
    sums.trues += 1;
  } else if (value && typeof value === 'object') {
    const values = Object.values(value.dataValues ?? value);
    values.forEach((inner) => add(sums, inner));
  }
}

module.exports = { digest };
