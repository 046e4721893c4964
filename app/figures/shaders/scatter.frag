#version 440

layout(location = 0) in vec4 pointColor;
layout(location = 0) out vec4 fragColor;

layout(std140, binding = 0) uniform Scene {
    mat4 matrix;
    vec4 view;
    float opacity;
    float morph;
    float size;
} scene;

void main()
{
    float cover = 1.0;
    if (scene.size > 3.5) { // smaller ones are too few pixels to be round
        vec2 fromMiddle = (gl_PointCoord - vec2(0.5)) * scene.size;
        cover = clamp(0.5 * scene.size - length(fromMiddle) + 0.5, 0.0, 1.0);
    }
    fragColor = pointColor * (cover * scene.opacity);
}
