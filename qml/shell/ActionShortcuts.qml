import QtQuick
import Palimpsest.Models

// The keys of all actions.
Instantiator {
    id: root
    required property Actions actions

    model: ActionListModel { actions: root.actions }
    delegate: Shortcut {
        required property string actionId
        required property list<string> keySequences
        required property bool possible
        enabled: possible && keySequences.length > 0
        sequences: keySequences
        onActivated: root.actions.trigger(actionId)
    }
}
