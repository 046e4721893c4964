import QtQuick

// Text in the theme's colour and body size.
Text {
    color: Theme.text
    font.pixelSize: Theme.textBody
    textFormat: Text.PlainText
}
