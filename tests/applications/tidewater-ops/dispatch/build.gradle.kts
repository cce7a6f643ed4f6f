plugins {
    kotlin("jvm") version "2.1.20"
    id("org.springframework.boot") version "3.4.5"
}

dependencies {
    implementation("org.springframework.ai:spring-ai-starter-model-openai:1.0.0")
    implementation("org.springframework.ai:spring-ai-starter-model-ollama:1.0.0")
    implementation("dev.langchain4j:langchain4j-open-ai:1.0.1")
    implementation("dev.langchain4j:langchain4j:1.0.1")
    implementation("com.openai:openai-java:2.3.0")
    implementation("org.postgresql:postgresql:42.7.5")
}
