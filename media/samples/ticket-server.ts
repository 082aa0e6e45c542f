// The ticket server as an asynchronous request handler: the check and the sale have an await between them.
import express from 'express';

const app = express();
const seats = new Map<string, string | null>([
  ['12A', null],
  ['12B', null],
]);

async function charge(name: string): Promise<void> {
  await fetch('https://payments.example/charge', { method: 'POST', body: name });
}

app.post('/seats/:seat', async (request, response) => {
  const { seat } = request.params;
  const name: string = request.body.name;
  if (seats.get(seat) === null) {
    await charge(name);
    seats.set(seat, name);
    response.send('sold');
  } else {
    response.status(409).send('taken');
  }
});

app.listen(9000);
