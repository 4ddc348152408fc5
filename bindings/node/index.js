'use strict';

const path = require('node:path');
const addon = require('./build/Release/strata.node');

/** Options for builds; see index.d.ts. */
class Renderer {
  #renderer;
  #inMemory;

  constructor(options = {}) {
    let files = options.files;
    this.#inMemory = files !== undefined;
    if (this.#inMemory) {
      files = Object.fromEntries(Object.entries(files).map(([name, data]) => [path.posix.join('/', name), data]));
    }
    this.#renderer = addon.renderer({ ...options, files });
  }

  async build(target = '.', overrides = undefined) {
    return addon.build(this.#renderer, this.#inMemory ? path.posix.join('/', target) : target, overrides);
  }
}

async function render(target, overrides = undefined, options = {}) {
  if (typeof target === 'object') {
    return new Renderer({ ...options, files: target }).build('/', overrides);
  }
  return new Renderer(options).build(target, overrides);
}

module.exports = { Renderer, render, version: addon.version() };
