// The site of the documentation: npm run docs. Pages are the Markdown files as they are; nothing is
// written twice.
import { defineConfig } from 'vitepress';
import { explanationPages, howToPages, persianPages, referencePages, tutorialPages } from './sidebar.ts';

export default defineConfig({
  title: 'Ramz',
  description: 'One-time codes for banks: codes that work once, for one card and one purpose',
  srcExclude: ['node_modules/**'],
  outDir: '../dist/docs',
  cleanUrls: false,
  // Pages link to sources of the repository, which are no pages of the site.
  ignoreDeadLinks: [
    /^(\.\.\/)+(apps|libs|proto|test|scripts|README|CONTRIBUTING|SECURITY|CHANGELOG|LICENSE)/,
    /\.(json|yml|yaml|service)$/,
    /^\.\/\.\.\//,
  ],
  lastUpdated: false,
  rewrites: { 'README.md': 'index.md', 'decisions/README.md': 'decisions/index.md', 'fa/README.md': 'fa/index.md' },
  themeConfig: {
    search: {
      provider: 'local',
      options: { locales: { fa: { translations: { button: { buttonText: 'جستجو', buttonAriaLabel: 'جستجو' } } } } },
    },
    outline: 'deep',
  },
  locales: {
    root: {
      label: 'English',
      lang: 'en-US',
      themeConfig: {
        nav: [
          { text: 'Tutorials', link: '/tutorials/bank-developer' },
          { text: 'How to', link: '/how-to/call-from-a-bank' },
          { text: 'Reference', link: '/reference/rpcs' },
          { text: 'Explanation', link: '/explanation/architecture' },
        ],
        sidebar: [tutorialPages, howToPages, referencePages, explanationPages],
      },
    },
    fa: {
      label: 'فارسی',
      lang: 'fa-IR',
      dir: 'rtl',
      themeConfig: {
        nav: [{ text: 'آغاز', link: '/fa/' }],
        sidebar: [persianPages],
        outline: { label: 'در این صفحه', level: 'deep' },
        docFooter: { prev: 'پیشین', next: 'پسین' },
        sidebarMenuLabel: 'فهرست',
        returnToTopLabel: 'بالای صفحه',
        darkModeSwitchLabel: 'نمای تاریک',
        langMenuLabel: 'زبان',
      },
    },
  },
});
