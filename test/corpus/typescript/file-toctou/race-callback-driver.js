// race: file-toctou check=5 act=7
const fs = require('fs');

function prepare(dir, done) {
  fs.stat(dir, (error) => {
    if (!error) return done(null);
    fs.mkdir(dir, done);
  });
}

prepare('out', (error) => console.log('first', error));
prepare('out', (error) => console.log('second', error));
