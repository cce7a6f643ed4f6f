const mongoose = require("mongoose");
const schema = new mongoose.Schema({ model: { type: String, default: "sedan" } });
module.exports = mongoose.model("User", schema);
module.exports.make = (car) => car.create({ model: "golf", maker: "vw" });
