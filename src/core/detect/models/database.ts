/** Methods of data-base libraries that ask, change, or do both in one statement. */
import type { ModelLanguage } from './model.ts';

type Op = { op: 'check' | 'act' | 'atomic' };
const check: Op = { op: 'check' };
const act: Op = { op: 'act' };
const atomic: Op = { op: 'atomic' };

/** Django, SQLAlchemy, peewee, MongoDB; mongoose, prisma, typeorm, sequelize, knex. */
export const databaseMethods: Record<ModelLanguage, Record<string, Op>> = {
  python: {
    exists: check, first: check, count: check, one_or_none: check, scalar: check, one: check, get_or_none: check, find_one: check, count_documents: check, get: check, last: check,
    create: act, add: act, save: act, bulk_create: act, insert: act, insert_one: act, update_one: act, update: act, delete: act, delete_one: act, merge: act,
    get_or_create: atomic, update_or_create: atomic, find_one_and_update: atomic, replace_one: atomic,
  },
  javascript: {
    findOne: check, findUnique: check, findFirst: check, findById: check, exists: check, findByPk: check, findOneBy: check, count: check, countDocuments: check, first: check, exist: check, findByIdAndPopulate: check,
    create: act, insert: act, insertOne: act, save: act, update: act, updateOne: act, delete: act, deleteOne: act, remove: act, destroy: act, createMany: act, insertMany: act,
    upsert: atomic, findOrCreate: atomic, findOneAndUpdate: atomic, findByIdAndUpdate: atomic, updateMany: atomic,
  },
};
