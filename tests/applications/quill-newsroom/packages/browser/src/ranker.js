import * as tf from '@tensorflow/tfjs';
import ort from 'onnxruntime-web';

const RANKER_URL = 'https://storage.googleapis.com/quill-newsroom/ranker/v3/model.json';

export const loadRanker = () => tf.loadGraphModel(RANKER_URL);

export const loadSpam = () => ort.InferenceSession.create('./models/spam.onnx', { executionProviders: ['wasm'] });

// A "model" of the page, not of a network.
export const form = { model: 'articles/draft', view: 'articles/edit' };
