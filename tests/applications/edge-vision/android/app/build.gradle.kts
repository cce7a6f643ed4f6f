plugins {
    id("com.android.application") version "8.9.2"
    kotlin("android") version "2.1.20"
}

dependencies {
    implementation("com.google.mediapipe:tasks-vision:0.10.21")
    implementation("com.microsoft.onnxruntime:onnxruntime-android:1.21.1")
    implementation("org.tensorflow:tensorflow-lite:2.17.0")
    implementation("androidx.camera:camera-core:1.4.2")
}
