export const NAME = "command-r-plus";
