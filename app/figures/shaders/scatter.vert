#version 440

layout(location = 0) in vec2 basePlace;
layout(location = 1) in vec2 fineTunedPlace;
layout(location = 2) in vec4 color;
layout(location = 0) out vec4 pointColor;

layout(std140, binding = 0) uniform Scene {
    mat4 matrix;
    vec4 view; // place * view.xy + view.zw is where it stands in the item
    float opacity;
    float morph; // 0: base, 1: fine-tuned
    float size; // of a point, in device pixels
} scene;

out gl_PerVertex {
    vec4 gl_Position;
    float gl_PointSize;
};

void main()
{
    vec2 place = mix(basePlace, fineTunedPlace, scene.morph) * scene.view.xy + scene.view.zw;
    gl_Position = scene.matrix * vec4(place, 0.0, 1.0);
    gl_PointSize = scene.size;
    pointColor = color;
}
