import QtQuick
import Palimpsest.Models

// Sorts lists as they were sorted in the last sitting, and keeps how they are sorted.
QtObject {
    id: root
    required property AppSettings settings
    required property ConceptFilterModel concepts
    required property LabelBrowser labels

    property Connections conceptsConnection: Connections {
        target: root.settings ? root.concepts : null
        function onSortingChanged() {
            root.settings.keepSorting("concepts", root.concepts.sortKey);
            root.settings.keepSorting("concepts-descending", root.concepts.descending ? 1 : 0);
        }
    }
    property Connections labelsConnection: Connections {
        target: root.settings ? root.labels : null
        function onOptionsChanged() {
            if (root.labels.sort !== LabelBrowser.ByColumn) // of a layer that another project may not have
                root.settings.keepSorting("labels", root.labels.sort);
        }
    }
    Component.onCompleted: {
        if (!settings)
            return;
        const descending = settings.sorting("concepts-descending", 1) !== 0;
        concepts.sortKey = settings.sorting("concepts", ConceptFilterModel.BySize);
        concepts.descending = descending;
        labels.sort = settings.sorting("labels", LabelBrowser.ByConcepts);
    }
}
