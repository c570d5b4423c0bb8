// Every word of reading offline, in one place. They are here and not in words/ because no WASM shows them.

export const words = {
  save: "离线保存",
  saveSeries: "离线保存整个系列",
  saveNewest: "离线保存最新 20 篇",
  saveList: "离线保存全部",
  later: "稍后读",
  laterOff: "移出稍后读",
  readingList: "稍后读",
  nothingLater: "还没有稍后读的文章。打开一篇文章，点“稍后读”。",
  again: "更新离线副本",
  saving: (done: number, all: number, size: string) => `正在保存 ${done}/${all}，${size}`,
  saved: (count: number, size: string) => `${count} 篇可离线阅读，${size}`,
  partly: (failed: number, why: string) => `${failed} 篇没有保存：${why}`,
  shelf: "查看离线文章",
  nothing: "还没有离线文章。打开一篇文章，点“离线保存”。",
  unreachable: (path: string) => `现在打不开 ${path}。下面是离线保存的文章。`,
  offline: "网络不通，正在使用离线保存的内容。",
  portal: "这个网络返回的不是本站的页面，可能要先登录网络。离线文章仍可阅读。",
  online: "网络正常。",
  used: (count: number, size: string) => `${count} 篇文章，共 ${size}。`,
  quota: (used: string, all: string) => `浏览器已用 ${used}，上限约 ${all}。`,
  persisted: "浏览器承诺不会自动清除。",
  notPersisted: "空间紧张时浏览器可能自动清除；无痕窗口关闭后会清除。",
  persist: "请求长期保存",
  persistRefused: "浏览器没有同意。把本站安装到主屏幕后再试。",
  refresh: "更新",
  remove: "移除",
  refreshAll: "全部更新",
  removeAll: "全部移除",
  sure: "再点一次确认",
  savedAt: (date: string) => `保存于 ${date}`,
  gone: "原文已撤下，这里是保存时的副本",
  imagesMissing: (count: number) => `${count} 张图片没有保存`,
  search: "在离线文章中搜索",
  results: (total: number, count: number) => `在 ${count} 篇离线文章中找到 ${total} 条`,
  answeredOffline: (count: number) => `网络不通：以下结果只来自 ${count} 篇离线文章。`,
  newVersion: "有新版本。",
  update: "更新",
  dirty: "有没写完的内容，保存后再更新。",
  close: "关闭",
  install: "安装到设备",
  installApple: "在 Safari 里点“分享”，再点“添加到主屏幕”，就能像应用一样离线打开。",
  trouble: {
    full: "存储空间已满。移除一些离线文章，或清理浏览器数据后再试。",
    blocked: "浏览器不允许本站保存数据（可能是无痕窗口或隐私设置），离线保存不可用。",
    network: "网络不通，请恢复后再试。",
    foreign: "收到的不是本站的内容，可能要先登录网络。",
    gone: "原文已撤下。",
    missing: "原文已不在这个地址。",
    broken: "没有成功，请重新载入页面再试。",
    server: "服务器暂时没有给出文章，请稍后再试。",
  },
} as const;

export type TroubleKind = keyof typeof words.trouble;

/** A size for people. */
export function size(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  const megabytes = bytes / 1024 / 1024;
  return megabytes < 1024 ? `${megabytes.toFixed(1)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}
