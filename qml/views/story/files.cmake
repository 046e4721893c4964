# The Story view: slides in order, and the texts of one.
list(APPEND palimpsest_view_files
    story/SlideDelegate.qml
    story/SlideEditor.qml
    story/SlideList.qml
    story/SlidePicture.qml
    story/StoryView.qml)
