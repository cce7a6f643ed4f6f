import { NAME } from "#conf";
export const chatModel = NAME;
