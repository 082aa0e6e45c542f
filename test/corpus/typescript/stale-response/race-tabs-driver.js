// race: stale-response check=9 act=10
let content = '';
let tab = '';

const load = (name) => new Promise((resolve) => setTimeout(() => resolve(`content of ${name}`), name.length));

function show(name) {
  tab = name;
  load(name).then((text) => {
    content = text;
  });
}

show('settings');
show('home');
setTimeout(() => console.log(tab, content), 50);
