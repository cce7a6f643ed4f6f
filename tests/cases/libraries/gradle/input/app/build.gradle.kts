val mcp = "0.15.0"
val genai by extra("1.25.0")

dependencies {
    implementation("io.modelcontextprotocol.sdk:mcp:$mcp")
    implementation(group = "com.google.genai", name = "google-genai", version = genai)
    testImplementation(libs.pinecone)
    implementation(libs.nowhere)
}
