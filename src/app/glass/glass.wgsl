// Lays the stage's picture and the interface's side by side onto the window.
//
// STAGE  the picture is read as it is stored, in the curve of sRGB, and made linear after it has been
//        smoothed: reading four points of it in linear light costs a processor four times as much

struct Shown {
    @builtin(position) position: vec4<f32>,
    @location(0) uv: vec2<f32>,
}

@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var picture_sampler: sampler;

@vertex
fn vertex(@location(0) position: vec2<f32>, @location(1) uv: vec2<f32>) -> Shown {
    return Shown(vec4<f32>(position, 0.0, 1.0), uv);
}

#ifdef STAGE
// IEC 61966-2-1, its curved part as a cubic that is never off by more than a shade.
fn linear(seen: vec3<f32>) -> vec3<f32> {
    let curved = ((0.3012 * seen + 0.6935) * seen + 0.0030) * seen + 0.0023;
    return select(curved, seen * (1.0 / 12.92), seen < vec3<f32>(0.04045));
}
#endif

@fragment
fn fragment(in: Shown) -> @location(0) vec4<f32> {
    let seen = textureSampleLevel(picture, picture_sampler, in.uv, 0.0);
#ifdef STAGE
    return vec4<f32>(linear(seen.rgb), 1.0);
#else
    return vec4<f32>(seen.rgb, 1.0);
#endif
}
