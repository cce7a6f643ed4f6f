"use strict";
var EmbeddingModel;
(function (EmbeddingModel) {
    EmbeddingModel["MiniLM"] = "fast-all-MiniLM-L6-v2";
    EmbeddingModel["Base"] = "fast-bge-base-en";
    EmbeddingModel["Small"] = "fast-bge-small-en-v1.5";
    EmbeddingModel["Custom"] = "custom";
})(EmbeddingModel || (exports.EmbeddingModel = EmbeddingModel = {}));
function init({ model = EmbeddingModel.Small, batch = 256 } = {}) {
    return load(model, batch);
}
exports.init = init;
