// The models.
'use strict';

const { DataTypes } = require('sequelize');

// Sequelize writes into what it is given, so each column has an object of its own.
const key = () => ({ type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true });
const required = (type) => () => ({ type, allowNull: false });
const string = required(DataTypes.STRING);
const integer = required(DataTypes.INTEGER);
const double = required(DataTypes.DOUBLE);
const boolean = required(DataTypes.BOOLEAN);

function define(sequelize) {
  const model = (name, tableName, attributes) =>
    sequelize.define(name, attributes, { tableName, timestamps: false });

  const Author = model('Author', 'authors', {
    id: key(),
    name: string(),
    email: string(),
    bio: DataTypes.STRING,
    age: integer(),
    score: double(),
    active: boolean(),
  });
  const Section = model('Section', 'sections', {
    id: key(),
    name: string(),
    slug: string(),
    description: DataTypes.STRING,
    place: integer(),
    weight: double(),
    hidden: boolean(),
  });
  const Post = model('Post', 'posts', {
    id: key(),
    author_id: integer(),
    section_id: integer(),
    title: string(),
    body: DataTypes.STRING,
    views: integer(),
    published: boolean(),
  });
  const Comment = model('Comment', 'comments', {
    id: key(),
    post_id: integer(),
    name: string(),
    text: DataTypes.STRING,
    likes: integer(),
    score: double(),
    hidden: boolean(),
  });
  const Tag = model('Tag', 'tags', {
    id: key(),
    name: string(),
    slug: string(),
    description: DataTypes.STRING,
    uses: integer(),
    weight: double(),
    hidden: boolean(),
  });
  const PostTag = model('PostTag', 'post_tags', {
    post_id: { type: DataTypes.INTEGER, primaryKey: true },
    tag_id: { type: DataTypes.INTEGER, primaryKey: true },
    relevance: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 1 },
  });

  Author.hasMany(Post, { as: 'posts', foreignKey: 'author_id' });
  Post.belongsTo(Author, { as: 'author', foreignKey: 'author_id' });
  Section.hasMany(Post, { as: 'posts', foreignKey: 'section_id' });
  Post.belongsTo(Section, { as: 'section', foreignKey: 'section_id' });
  Post.hasMany(Comment, { as: 'comments', foreignKey: 'post_id' });
  Comment.belongsTo(Post, { as: 'post', foreignKey: 'post_id' });
  const link = { through: PostTag, timestamps: false };
  Post.belongsToMany(Tag, { ...link, as: 'tags', foreignKey: 'post_id', otherKey: 'tag_id' });
  Tag.belongsToMany(Post, { ...link, as: 'posts', foreignKey: 'tag_id', otherKey: 'post_id' });

  return { Author, Section, Post, Comment, Tag, PostTag };
}

module.exports = { define };
