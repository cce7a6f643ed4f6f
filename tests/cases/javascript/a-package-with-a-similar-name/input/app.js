import Openai from "openai-style-tabs";
import { generateText } from "aigenerator";
new Openai().theme.create({ model: "dark" });
generateText({ model: "lorem" });
