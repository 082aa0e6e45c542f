// race: double-init check=14 act=15
class Database {
  static opened = 0;
  static async open(): Promise<Database> {
    await new Promise((resolve) => setTimeout(resolve, 1));
    Database.opened++;
    return new Database();
  }
}

let database: Database | null = null;

async function getDatabase(): Promise<Database> {
  if (database === null) {
    database = await Database.open();
  }
  return database;
}

const [a, b] = await Promise.all([getDatabase(), getDatabase()]);
console.log(a === b, Database.opened);
