// Every letter typed asks the server again. Leave the results of an earlier query on the page.
const page = { query: '', results: '' };

async function ask(query: string): Promise<string> {
  await fetch(`https://search.example/?q=${query}`);
  return `results for ${query}`;
}

async function type(query: string): Promise<void> {
  page.query = query;
  page.results = await ask(query);
}

await Promise.all([type('r'), type('ra'), type('race')]);
if (page.results !== `results for ${page.query}`) throw new Error(`${page.query}: ${page.results}`);
