'use strict';

const { EventEmitter } = require('events');
const assert = require('assert');

class Pool extends EventEmitter {
  constructor(factory, options = {}) {
    super();
    assert(typeof factory.create === 'function', 'factory.create is required');
    this.factory = factory;
    this.max = options.max || 10;
    this.idle = [];
    this.size = 0;
    this.waiting = [];
    this.closed = false;
  }

  async acquire() {
    if (this.closed) throw new Error('pool is closed');
    while (this.idle.length > 0) {
      const resource = this.idle.pop();
      if (await this._validate(resource)) return resource;
      this.size--;
    }
    if (this.size < this.max) {
      const resource = await this.factory.create();
      this.size++;
      this.emit('create', resource);
      return resource;
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
    });
  }

  async _validate(resource) {
    if (!this.factory.validate) return true;
    try {
      return await this.factory.validate(resource);
    } catch (err) {
      this.emit('error', err);
      return false;
    }
  }

  release(resource) {
    const waiter = this.waiting.shift();
    if (waiter) {
      waiter.resolve(resource);
      return;
    }
    this.idle.push(resource);
  }

  async drain() {
    this.closed = true;
    const idle = this.idle.splice(0);
    await Promise.all(idle.map((r) => this.factory.destroy(r)));
  }
}

module.exports = { Pool };
