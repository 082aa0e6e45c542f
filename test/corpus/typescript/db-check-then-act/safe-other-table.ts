// safe: what is checked is not what is written
import { Customer, Note } from './models';

export async function note(id: string, text: string): Promise<boolean> {
  const customer = await Customer.findOne({ id });
  if (!customer) return false;
  await Note.create({ text });
  return true;
}
