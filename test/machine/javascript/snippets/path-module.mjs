import path from 'node:path';
console.log(path.join('a', '..', 'b', './c'), path.resolve('/x', 'y', '../z'), path.basename('/a/b.txt', '.txt'), path.extname('a/b.tar.gz'), path.dirname('/a/b'), path.relative('/a/b', '/a/c/d'), path.normalize('/a//b/../c/'), path.isAbsolute('a'), path.parse('/d/f.txt'));
