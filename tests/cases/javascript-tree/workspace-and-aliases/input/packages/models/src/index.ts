export * from "./names";
export { default as picker } from "./picker";
