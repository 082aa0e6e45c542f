// race: get-or-create check=10 act=11
const channels = {};

async function open(name) {
  await null;
  return { name, members: [] };
}

async function join(name, member) {
  if (!channels[name]) {
    channels[name] = await open(name);
  }
  channels[name].members.push(member);
}

Promise.all([join('news', 'ann'), join('news', 'bob')]).then(() => {
  console.log(channels.news.members);
});
