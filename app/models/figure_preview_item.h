#pragma once
// A figure as its file will be, made as large as there is room. Thread: GUI; painted by a worker.

#include <QVariant>

#include "figures/figure_item.h"
#include "models/figure_export.h"

namespace palimpsest::app {

class FigurePreviewItem : public FigureItem {
    Q_OBJECT
    QML_NAMED_ELEMENT(FigurePreview)
    Q_PROPERTY(QVariant picture READ picture WRITE setPicture NOTIFY pictureChanged FINAL)

public:
    using FigureItem::FigureItem;

    QVariant picture() const { return QVariant::fromValue(m_picture); } ///< as FigureExport.preview
    void setPicture(const QVariant& picture);
    Figure figure() const override { return m_picture ? m_picture->figure : Figure(); }

Q_SIGNALS:
    void pictureChanged();

protected:
    Painting painting() const override;

private:
    std::shared_ptr<const LaidOutFigure> m_picture;
};

} // namespace palimpsest::app
