package example.alpenrind

import ai.onnxruntime.OrtEnvironment
import ai.onnxruntime.OrtSession
import android.content.Context

/** Reads the label of a wheel of cheese. */
class Sorter(context: Context, asset: String = "sorter.onnx") {
    private val environment = OrtEnvironment.getEnvironment()
    private val session: OrtSession =
        environment.createSession(context.assets.open(asset).readBytes(), OrtSession.SessionOptions())

    val accepted = listOf("image/jpeg", "image/png")
}
