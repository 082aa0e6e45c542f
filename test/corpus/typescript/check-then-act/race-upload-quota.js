// race: check-then-act check=6 act=9
const uploads = {};
const quota = 100;

exports.upload = async function upload(storage, user, size) {
  const used = uploads[user] || 0;
  if (used + size > quota) throw new Error('quota exceeded');
  await storage.put(user, size);
  uploads[user] = (uploads[user] || 0) + size;
};

exports.reset = function reset(user) {
  uploads[user] = 0;
};
