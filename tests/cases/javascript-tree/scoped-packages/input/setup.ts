import { x } from "@acme/model-utils";
import y from "@babel/core";
const z = require("@scope/llm-model");
jest.mock("acme/model");
export const model = await import("@acme/embedding-model");
export const modelPackage = "@acme/small-model";
