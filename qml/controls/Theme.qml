pragma Singleton
import QtQuick
import Palimpsest.Models

// Colours, distances and text sizes of the whole program. Data colours are Okabe and Ito's, classes Paul Tol's
// muted set; both keep apart under every colour-vision deficiency. Print and projector use the light theme.
QtObject {
    id: theme

    property bool dark: false
    property real scale: 1.0 // of texts and of what must grow with them
    property AppSettings settings: null // where controls keep what a person moved; null: nowhere

    readonly property color background: dark ? "#17181A" : "#FAF9F6"
    readonly property color surface: dark ? "#1F2124" : "#FFFFFF"
    readonly property color raised: dark ? "#2A2D31" : "#F1EEE7" // hovered, headers of tables
    readonly property color border: dark ? "#34373B" : "#DDD9D0"
    readonly property color text: dark ? "#ECEAE4" : "#22201C"
    readonly property color muted: dark ? "#A09B90" : "#6B665C"
    readonly property color accent: dark ? "#7DB2EA" : "#1F5FA8"
    readonly property color accentText: dark ? "#10161D" : "#FFFFFF"
    readonly property color accentSoft: dark ? "#243546" : "#E3ECF6" // selected rows
    readonly property color danger: dark ? "#F0907A" : "#A4301C"
    readonly property color dangerSoft: dark ? "#41241E" : "#FBEAE5"

    readonly property color baseModel: dark ? "#56A8DC" : "#0072B2"
    readonly property color fineTuned: dark ? "#F08548" : "#D55E00"
    readonly property color kept: dark ? "#2DBE93" : "#009E73"
    readonly property color split: "#56B4E9"
    readonly property color merged: "#E69F00"
    readonly property color added: "#CC79A7" // status new
    readonly property color vanished: dark ? "#85888C" : "#999999"
    readonly property list<color> statusColors: [kept, split, merged, added, vanished] // by align::Status
    readonly property list<color> classColors: dark
        ? ["#DE8DB4", "#66C089", "#9A93E8", "#E5D58A", "#6FCDBD", "#D58AD5"]
        : ["#882255", "#117733", "#332288", "#B59A2B", "#2B8F80", "#AA4499"]

    readonly property int spacing4: 4
    readonly property int spacing8: 8
    readonly property int spacing12: 12
    readonly property int spacing16: 16
    readonly property int spacing24: 24
    readonly property int radius: 6

    readonly property int textSmall: Math.round(11 * scale)
    readonly property int textBody: Math.round(13 * scale)
    readonly property int textLarge: Math.round(15 * scale)
    readonly property int textTitle: Math.round(20 * scale)
    readonly property int textDisplay: Math.round(28 * scale)
    readonly property int controlHeight: Math.round(30 * scale)

    // Short enough to be felt as a response, never run on data.
    readonly property int quick: still ? 0 : 120
    readonly property bool still: settings?.still ?? false // nothing moves or fades

    function statusColor(status: int): color {
        return statusColors[status] ?? muted
    }

    function classColor(index: int): color {
        return index < 0 ? muted : classColors[index % classColors.length]
    }
}
