// The pieces of work. Each has a name and `call`, which does it and is told how often it was done
// before; `show` gives what is compared of what came of it, where that is not all of it.
'use strict';

const { Op } = require('sequelize');

const AUTHORS = 10000;
const MUCH_TAGGED = 100000;
const WANTED = Array.from({ length: 100 }, (_, place) => place + 11);

// A key of an author: from turn to turn it jumps about, in the same way for every ORM.
const key = (turn) => (((turn + 1) * 7919) % AUTHORS) + 1;

const upTo = (id) => ({ where: { id: { [Op.lte]: id } } });

const author = (number) => ({
  name: `new author ${number}`,
  email: `new${number}@example.org`,
  bio: number % 2 === 0 ? `writes about ${number}` : null,
  age: 40,
  score: 1.5,
  active: true,
});

// Keys go on, so they are not shown.
const withoutKeys = (created) => [created].flat().map((row) => ({ ...row.dataValues, id: 0 }));

// Where a database gives no rows back for an INSERT of many, Sequelize leaves out their keys.
function bulkCreate({ Author }, count) {
  const all = () => Array.from({ length: count }, (_, number) => author(number));
  const returning = Author.sequelize.getDialect() === 'postgres';
  return { call: () => Author.bulkCreate(all(), { returning }), show: withoutKeys };
}

const hasMany = ({ Author }, parents) => ({
  call: () => Author.findAll({ ...upTo(parents), include: 'posts' }),
});

const manyToMany = ({ Post }, parents) => ({
  call: () => Post.findAll({ ...upTo(parents), include: 'tags' }),
});

// `separate` and `limit` give each parent its own.
const top = (Parent, where) => ({
  call: () =>
    Parent.findAll({
      ...where,
      include: [{ association: 'posts', separate: true, order: [['views', 'DESC']], limit: 5 }],
    }),
});

function count({ Author }) {
  const sequelize = Author.sequelize;
  const posts = [sequelize.fn('COUNT', sequelize.col('posts.id')), 'count'];
  return {
    call: () =>
      Author.findAll({
        ...upTo(1000),
        attributes: { include: [posts] },
        include: [{ association: 'posts', attributes: [] }],
        group: ['Author.id'],
      }),
    // PostgreSQL's counts are too long for a number, so they come as texts.
    show: (rows) => rows.map((row) => ({ ...row.dataValues, count: Number(row.get('count')) })),
  };
}

const setTags = ({ Post, PostTag }) => ({
  // As much as is needed of the row, which a caller has at hand.
  call: () => Post.build({ id: MUCH_TAGGED }, { isNewRecord: false }).setTags(WANTED),
  show: async () => {
    const links = await PostTag.findAll({ where: { post_id: MUCH_TAGGED } });
    return links.map((link) => [link.tag_id, link.relevance]);
  },
});

function all(models) {
  const { Author, Post, Section } = models;
  const works = {
    'find by key': { call: (turn) => Author.findByPk(key(turn)) },
    'first of a filtered query': {
      call: (turn) =>
        Author.findOne({
          where: { email: `author${key(turn)}@example.org`, age: { [Op.gt]: 10 } },
        }),
    },
    'create one, row returned': { call: () => Author.create(author(1)), show: withoutKeys },
    'bulk create 100': bulkCreate(models, 100),
    'bulk create 1,000': bulkCreate(models, 1000),
    'has_many 100 × 10': hasMany(models, 100),
    'has_many 10,000 × 10': hasMany(models, 10000),
    'three levels, 1,000 × 10 × 3': {
      call: () =>
        Author.findAll({
          ...upTo(1000),
          include: [{ association: 'posts', include: 'comments' }],
        }),
    },
    'many-to-many 1,000 × 3': manyToMany(models, 1000),
    'many-to-many 10,000 × 3': manyToMany(models, 10000),
    'belongs_to, 10,000 rows of 100 parents': {
      call: () => Post.findAll({ ...upTo(10000), include: 'section' }),
    },
    'top five of 1,000, 100 parents': top(Section, {}),
    'count per parent, 1,000 × 10': count(models),
    'set_tags of 100, 10 changed': setTags(models),
  };
  // One SELECT per parent goes into a UNION, of which SQLite takes five hundred.
  if (Author.sequelize.getDialect() !== 'sqlite') {
    works['top five of ten, 1,000 parents'] = top(Author, upTo(1000));
  }
  return works;
}

module.exports = { all };
