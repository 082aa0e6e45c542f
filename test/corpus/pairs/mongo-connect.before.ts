import { MongoClient, type Db, type Collection } from 'mongodb';
import debugFactory from 'debug';

const debug = debugFactory('app:db');

export type Settings = { uri: string; dbName: string; poolSize?: number; ssl?: boolean };

class Database {
  private client?: MongoClient;
  private db?: Db;
  private settings: Settings;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  async connect(): Promise<Db> {
    if (this.db) {
      return this.db;
    }
    const { uri, dbName, poolSize = 10, ssl = false } = this.settings;
    debug('connecting to %s', uri);
    const client = new MongoClient(uri, { maxPoolSize: poolSize, tls: ssl });
    await client.connect();
    client.on('close', () => {
      debug('connection closed');
      this.db = undefined;
      this.client = undefined;
    });
    this.client = client;
    this.db = client.db(dbName);
    await this.ensureIndexes(this.db);
    return this.db;
  }

  private async ensureIndexes(db: Db): Promise<void> {
    await db.collection('users').createIndex({ email: 1 }, { unique: true });
    await db.collection('sessions').createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  }

  async collection<T extends object>(name: string): Promise<Collection<T>> {
    const db = await this.connect();
    return db.collection<T>(name);
  }

  async close(): Promise<void> {
    await this.client?.close();
  }
}

export default Database;
