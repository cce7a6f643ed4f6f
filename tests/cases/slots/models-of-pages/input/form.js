import * as tf from '@tensorflow/tfjs';

export const form = { model: 'articles/draft', view: 'articles/edit' };
export const ranker = { model: 'acme-labs/ranker-small', template: 'ranker/prompt' };
