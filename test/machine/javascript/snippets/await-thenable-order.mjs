const t = { then(r) { r(1); } };
(async () => { await t; console.log('thenable'); })();
(async () => { await 1; console.log('value'); })();
(async () => { await Promise.resolve(); console.log('promise'); })();
(async () => { await (async () => {})(); console.log('async fn'); })();
(async () => { await (async () => Promise.resolve())(); console.log('async fn promise'); })();
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3)).then(() => console.log(4));
