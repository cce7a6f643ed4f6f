package example.tidewater.dispatch

/** A truck as the depot knows it; `model` is what its maker calls it. */
data class Truck(val plate: String, val model: String = "actros-1845", val tonnes: Int = 18)

class TruckBuilder {
    private var model = "scania-r450"

    fun model(name: String) = apply { model = name }

    fun build(plate: String) = Truck(plate, model)
}

fun spare(): Truck = TruckBuilder().model("man/tgx-18").build("TW-1")
