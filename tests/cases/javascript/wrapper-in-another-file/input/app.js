const { complete } = require("./llm");
complete("x", { model: "o4-mini" });
