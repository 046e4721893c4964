import QtQuick
import QtQuick.Layouts
import Palimpsest.Models

// What the window has to say above the views: an error, what was done, what can be resumed or undone.
ColumnLayout {
    id: root
    required property JobController jobs
    required property Annotations annotations
    required property Story story
    required property Publisher publisher
    required property StudyRunner runner
    required property LabelForm labelForm
    required property ExchangeForm exchange

    spacing: 0

    Banner {
        Layout.fillWidth: true
        text: root.jobs.error
        danger: true
        onDismissed: root.jobs.clearError()
    }
    Banner {
        Layout.fillWidth: true
        text: root.annotations.notice
        onDismissed: root.annotations.clearNotice()
    }
    Banner {
        Layout.fillWidth: true
        text: root.story.notice
        onDismissed: root.story.say("")
    }
    Banner {
        Layout.fillWidth: true
        text: root.publisher.progressText
        actionText: qsTr("Stop")
        onTriggered: root.publisher.stop()
        onDismissed: root.publisher.stop()
    }
    Banner {
        Layout.fillWidth: true
        text: root.publisher.notice
        onDismissed: root.publisher.clearNotice()
    }
    Banner {
        Layout.fillWidth: true
        text: root.runner.resumableText
        actionText: qsTr("Resume")
        onTriggered: root.runner.resume()
        onDismissed: root.runner.dismissResume()
    }
    Banner {
        Layout.fillWidth: true
        text: root.labelForm.undoText
        actionText: qsTr("Undo")
        onTriggered: root.labelForm.undo()
        onDismissed: root.labelForm.dismissUndo()
    }
    Banner {
        Layout.fillWidth: true
        text: root.exchange.notice
        onDismissed: root.exchange.dismissNotice()
    }
}
