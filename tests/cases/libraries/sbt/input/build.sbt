val djl = "0.34.0"

libraryDependencies ++= Seq(
  "ai.djl" % "api" % djl,
  "org.apache.spark" %% "spark-mllib" % "3.5.7",
  "dev.langchain4j" % "langchain4j-open-ai" % "1.8.0" % Test, // for the tests
  "org.typelevel" %% "cats-core" % "2.13.0"
)
