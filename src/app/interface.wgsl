// The interface's surfaces, for machines that draw in software: the same picture as bevy_egui's own
// shader to within a shade, without raising six numbers to a power at every point.
//
// egui multiplies picture and colour as they are seen (gamma space). Because the curve between the
// two spaces is close to a pure power, the product of what both are in linear space is nearly the
// same (exact where either is white or black), so the colour is converted once a corner.

struct Transform {
    scale: vec2<f32>,
    translation: vec2<f32>,
}

struct Corner {
    @location(0) position: vec2<f32>,
    @location(1) uv: vec2<f32>,
    @location(2) colour: vec4<f32>,
}

struct Shown {
    @builtin(position) position: vec4<f32>,
    @location(0) colour: vec4<f32>,
    @location(1) uv: vec2<f32>,
}

@group(0) @binding(0) var<uniform> place: Transform;
@group(1) @binding(0) var picture: texture_2d<f32>;
@group(1) @binding(1) var picture_sampler: sampler;

// IEC 61966-2-1, the curve of sRGB.
fn linear(seen: vec3<f32>) -> vec3<f32> {
    let high = pow((seen + vec3<f32>(0.055)) / vec3<f32>(1.055), vec3<f32>(2.4));
    return select(high, seen / vec3<f32>(12.92), seen < vec3<f32>(0.04045));
}

@vertex
fn vs_main(in: Corner) -> Shown {
    let at = in.position * place.scale + place.translation;
    return Shown(vec4<f32>(at, 0.0, 1.0), vec4<f32>(linear(in.colour.rgb), in.colour.a), in.uv);
}

@fragment
fn fs_main(in: Shown) -> @location(0) vec4<f32> {
    return textureSample(picture, picture_sampler, in.uv) * in.colour;
}
