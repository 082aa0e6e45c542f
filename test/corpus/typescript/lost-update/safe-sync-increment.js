// safe: an increment is one step of the event loop
let requests = 0;

async function handle(name) {
  requests++;
  const mine = requests;
  await new Promise((resolve) => setTimeout(resolve, 1));
  return `${name} was number ${mine}`;
}

Promise.all([handle('a'), handle('b')]).then((answers) => console.log(answers, requests));
